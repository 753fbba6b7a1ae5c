"""`python -m bot.cli` is `tongbu`."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
