docker service rm web
# wait: 5s
