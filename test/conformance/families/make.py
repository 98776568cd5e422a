"""Trains and writes every family: make.py FOLDER"""

import sys

from graphs import graphs
from trained import trained

graphs(sys.argv[1])
trained(sys.argv[1])
