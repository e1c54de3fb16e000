# title: Version after version
# says: A shop in its second version; the first has been gone for a minute.
# settle: 90s
lab cluster up --nodes 2
lab image add shop/web:1 --says one
lab image add shop/web:2 --says two
lab image add shop/web:3 --exit 1 --exit-after 3s
# at: 30s
kubectl create deployment web --image=shop/web:1 --port=8080 --replicas=3
kubectl expose deployment web --type=LoadBalancer
# at: 50s
kubectl set image deployment/web web=shop/web:2
# at: 70s
lab traffic start customers --to service/web --rate 20
