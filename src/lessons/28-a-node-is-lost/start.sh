# title: Four pods, three nodes
# says: A shop of four pods on three nodes, and customers who send 20 requests a second.
# settle: 70s
lab cluster up --nodes 3
# at: 30s
kubectl create deployment web --image=nginx:1.27 --port=80 --replicas=4
kubectl expose deployment web --type=LoadBalancer
# at: 55s
lab traffic start customers --to service/web --rate 20
