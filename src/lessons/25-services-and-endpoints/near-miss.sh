kubectl set selector service web app=web
# wait: 20s
