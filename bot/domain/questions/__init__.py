"""The same question from many: groups that a person confirms, and their one answer."""
