# title: One shop, built twice
# says: The same shop as one program and as three, side by side in a cluster.
# settle: 75s
lab cluster up --nodes 2
lab image add shop/all:1 --memory 256Mi
lab image add shop/catalogue:1 --memory 32Mi
lab image add shop/cart:1 --memory 32Mi
lab image add shop/cart:2 --memory 32Mi
lab image add shop/reports:1 --memory 128Mi
# at: 40s
kubectl create deployment all --image=shop/all:1 --port=8080
kubectl create deployment catalogue --image=shop/catalogue:1 --port=8080
kubectl create deployment cart --image=shop/cart:1 --port=8080
kubectl create deployment reports --image=shop/reports:1 --port=8080
kubectl set resources deployment all --requests=memory=256Mi
kubectl set resources deployment catalogue cart --requests=memory=32Mi
kubectl set resources deployment reports --requests=memory=128Mi
kubectl expose deployment all --type=NodePort
kubectl expose deployment catalogue --type=NodePort
kubectl expose deployment cart
kubectl expose deployment reports
# at: 65s
lab traffic start old-customers --to service/all --rate 20
lab traffic start new-customers --to service/catalogue --rate 20
