# The pod that waits is deleted; its like waits again.
kubectl delete pod $(kubectl get pods -l app=web --no-headers | grep Pending | head -1 | cut -d' ' -f1)
kubectl scale deployment web --replicas=7
