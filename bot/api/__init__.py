"""The JSON API: release systems hand in releases, other systems read what became of them."""
