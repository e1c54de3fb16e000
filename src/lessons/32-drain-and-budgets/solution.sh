kubectl patch poddisruptionbudget web -p '{"spec":{"minAvailable":2}}'
kubectl drain node-b1 --ignore-daemonsets --delete-emptydir-data
# wait: 60s
