"""同问: what the pages of questions that many ask show, and what can be done on them."""
