kubectl delete node $(kubectl get nodes --no-headers | grep NotReady | cut -d' ' -f1)
# wait: 40s
