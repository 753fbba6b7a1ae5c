"""The door platforms push to: verify, decode, decide, store, answer; everything else later."""
