kubectl patch daemonset logs -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'
kubectl rollout status daemonset/logs
