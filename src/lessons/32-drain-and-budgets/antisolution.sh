# Asking once more, and waiting longer.
kubectl drain node-b1 --ignore-daemonsets --delete-emptydir-data --timeout=60s
