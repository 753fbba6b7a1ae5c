"""Beat's own application: it only sends names, so it need not load what the jobs work with."""

from tasks.app import make_app

app = make_app("tasks.logs")
