sh build.sh 6 > /dev/null
sh deploy.sh production 6
