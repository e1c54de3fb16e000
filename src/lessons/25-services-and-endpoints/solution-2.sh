kubectl apply -f web.yaml
# wait: 20s
kubectl delete service web
kubectl expose deployment web --port=80 --type=LoadBalancer
# wait: 20s
