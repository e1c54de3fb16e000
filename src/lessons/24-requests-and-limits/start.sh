# title: Three small nodes and a report
# says: Three nodes of two cores each, and a Deployment that reserves more than it uses.
# settle: 70s
lab cluster up --nodes 3
# at: 30s
kubectl create deployment report --image=nginx:1.27 --replicas=2 --port=80
kubectl set resources deployment report --requests=cpu=1500m,memory=64Mi --limits=cpu=1800m,memory=128Mi
