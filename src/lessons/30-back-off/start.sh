# title: A pod that does not stay up
# says: Two nodes and nothing on them yet; soon some programs that end.
# settle: 45s
lab cluster up --nodes 2
lab image add shop/hog:1 --memory 300Mi
