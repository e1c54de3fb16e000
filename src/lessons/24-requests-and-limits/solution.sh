lab node add node-c1 --zone eu-west-1a
# wait: 60s
