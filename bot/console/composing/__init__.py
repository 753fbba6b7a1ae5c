"""写稿: what is on somebody's desk while they edit a post."""
