# The pod that hangs is deleted; its like comes at once.
kubectl delete pod $(kubectl get pods -l app=web --no-headers | grep -v 1/1 | head -1 | cut -d' ' -f1)
