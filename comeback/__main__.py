"""`python -m comeback` is the command `comeback`, also where its script isn't on the path."""

from comeback.command import main

if __name__ == "__main__":
    main()
