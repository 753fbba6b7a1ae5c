"""The console of a busy office: how long its pages take, and how heavy they are."""
