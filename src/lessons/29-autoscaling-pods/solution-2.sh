kubectl delete hpa free
kubectl patch deployment free -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","resources":{"requests":{"cpu":"150m"}}}]}}}}'
kubectl autoscale deployment free --cpu=60% --min=2 --max=6
# wait: 110s
