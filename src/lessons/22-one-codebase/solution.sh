echo 'pears at 4' > index.html
git commit -am 'Sell pears'
sh deploy.sh test
sh deploy.sh live
# wait: 5s
