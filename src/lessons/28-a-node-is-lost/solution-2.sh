kubectl delete pods --force --grace-period=0 -l app=web --field-selector spec.nodeName=$(kubectl get nodes --no-headers | grep NotReady | cut -d' ' -f1)
# wait: 40s
