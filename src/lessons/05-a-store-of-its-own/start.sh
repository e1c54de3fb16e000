# title: A shop cut in two ways
# says: The same shop in layers, and by business with a store for each part.
# settle: 80s
lab cluster up --nodes 2
for image in pages logic data catalogue orders store index; do lab image add shop/$image:1 --memory 32Mi; done
# at: 40s
for part in pages logic data catalogue orders; do kubectl create deployment $part --image=shop/$part:1 --port=8080; kubectl expose deployment $part --port=80 --target-port=8080 --type=NodePort; done
for part in catalogue-store orders-store; do kubectl create deployment $part --image=shop/store:1 --port=8080; kubectl expose deployment $part --port=80 --target-port=8080; done
kubectl create deployment catalogue-index --image=shop/index:1 --port=8080; kubectl expose deployment catalogue-index --port=80 --target-port=8080
kubectl set env deployment/pages CALLS=http://logic
kubectl set env deployment/logic CALLS=http://data
kubectl set env deployment/catalogue STORE=http://catalogue-store
kubectl set env deployment/orders STORE=http://orders-store PRICES=http://catalogue-store
# at: 70s
lab traffic start layers-look --to service/pages --rate 10
lab traffic start layers-buy --to service/pages --rate 5
lab traffic start business-look --to service/catalogue --rate 10
lab traffic start business-buy --to service/orders --rate 5
