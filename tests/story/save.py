# SPDX-License-Identifier: MIT
"""save.py FOLDER: the lists of the samples, for LibreOffice to open and save."""
import glob
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lists  # noqa: E402

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
schema = lists.load(os.path.join(top, 'schema/project.xsd'))
for path in sorted(glob.glob(os.path.join(top, 'samples/*/project.xml'))):
    root = lists.load(path)
    name = os.path.basename(os.path.dirname(path))
    lists.write(os.path.join(sys.argv[1], name + '.ods'),
                lists.project_sheets(root, schema) + [lists.topics_sheet(root)])
