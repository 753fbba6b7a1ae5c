"""What anybody may open: pictures of posts, public releases, and signs of life for operators."""
