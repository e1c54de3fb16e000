kubectl label node node-a1 work=batch
kubectl patch deployment batch -p '{"spec":{"template":{"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"work","operator":"In","values":["batch"]}]}]}}}}}}}'
kubectl delete $(kubectl get pods -l app=web -o name --field-selector spec.nodeName=node-a1)
# wait: 60s
