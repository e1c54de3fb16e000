kubectl patch deployment batch -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"node-a1"}}}}}'
kubectl taint nodes node-a1 dedicated=batch:NoExecute
# wait: 60s
