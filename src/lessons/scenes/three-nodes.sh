# title: Three small nodes
# says: A cluster with nothing on it yet: three nodes in two zones, and a prompt.
# settle: 40s
lab cluster up --nodes 3 --zones 2
