docker service scale -d web=5
# wait: 25s
