"""审核: the queue, the page of one post, its record and colophon."""
