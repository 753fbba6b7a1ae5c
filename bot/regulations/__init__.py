"""What law and offices lay down, as files that come with us: calendars and terms of answers."""
