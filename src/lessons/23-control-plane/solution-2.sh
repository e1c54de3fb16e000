# Without any scheduler: the template names a node by itself.
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"nodeName":"node-a1"}}}}'
# wait: 60s
