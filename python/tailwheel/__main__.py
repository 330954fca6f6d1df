"""Makes `python -m tailwheel` the same as the command `tailwheel`."""

import subprocess
import sys

from tailwheel import program

if __name__ == "__main__":
    sys.exit(subprocess.run([program(), *sys.argv[1:]], check=False).returncode)
