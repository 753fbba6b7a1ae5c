"""Personal data in what people write: finding it, and masking it for everybody else's eyes."""
