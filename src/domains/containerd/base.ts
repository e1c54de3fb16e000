import type { Base, Image } from './image.ts'

/** Names of the programs that an image has on its PATH. */
export function binariesOf(image: Image): ReadonlySet<string> {
  let names = known.get(image)
  if (!names) {
    names = new Set([
      ...BINARIES[image.base],
      ...(image.family.binaries ?? []),
      ...image.daemons.map((daemon) => daemon.program),
    ])
    known.set(image, names)
  }
  return names
}

const known = new WeakMap<Image, ReadonlySet<string>>()

const COREUTILS =
  'sh [ test echo printf cat ls cp mv rm rmdir mkdir touch ln chmod chown chgrp head tail wc sort uniq cut tr tee seq sleep true false yes env expr date pwd id whoami hostname uname basename dirname readlink realpath stat du df sync sha256sum md5sum base64 nproc dd mktemp nl tac paste fold split truncate printenv tty timeout nohup nice xargs find grep egrep fgrep sed awk tar gzip gunzip kill'

const BINARIES: { readonly [base in Base]: readonly string[] } = {
  none: [],
  busybox:
    `${COREUTILS} ash busybox adduser addgroup passwd wget nc nslookup ping traceroute telnet vi ps top free uptime dmesg mount umount watch httpd ifconfig ip netstat route arp less more diff cmp od hexdump which clear pgrep pkill pidof killall rev shuf sum usleep`.split(
      ' ',
    ),
  alpine:
    `${COREUTILS} ash busybox apk adduser addgroup passwd wget nc nslookup ping traceroute vi ps top free uptime dmesg mount umount watch ifconfig ip netstat route arp less more diff cmp od hexdump which clear pgrep pkill pidof killall rev shuf getent`.split(
      ' ',
    ),
  debian:
    `${COREUTILS} bash dash apt apt-get apt-mark dpkg adduser addgroup useradd groupadd usermod passwd chpasswd ldconfig update-alternatives dpkg-reconfigure perl diff cmp od which rev shuf getent tac factor numfmt mount umount dmesg`.split(
      ' ',
    ),
  fedora:
    `${COREUTILS} bash dnf yum microdnf rpm useradd groupadd usermod passwd chpasswd ldconfig update-alternatives curl diff cmp od which rev shuf getent ps top free mount umount`.split(
      ' ',
    ),
}

/** Files that an image has from its base. */
export const BASE_FILES: { readonly [base in Base]: { readonly [path: string]: string | null } } = {
  none: {
    '/etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
  },
  busybox: {
    '/bin/busybox': '',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
    '/etc/group': 'root:x:0:\nnobody:x:65534:\n',
    '/root': null,
    '/home': null,
    '/tmp': null,
    '/var/www': null,
    '/usr/sbin': null,
  },
  alpine: {
    '/etc/os-release':
      'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.2\nPRETTY_NAME="Alpine Linux v3.22"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
    '/etc/alpine-release': '3.22.2\n',
    '/etc/passwd':
      'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
    '/etc/group': 'root:x:0:root\nbin:x:1:root,bin,daemon\nnobody:x:65534:\n',
    '/root': null,
    '/home': null,
    '/tmp': null,
    '/var/log': null,
    '/usr/bin': null,
    '/usr/local/bin': null,
    '/opt': null,
    '/mnt': null,
    '/srv': null,
  },
  debian: {
    '/etc/os-release':
      'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nID=debian\nHOME_URL="https://www.debian.org/"\n',
    '/etc/debian_version': '13.1\n',
    '/etc/passwd':
      'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
    '/etc/group': 'root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nnogroup:x:65534:\n',
    '/root': null,
    '/home': null,
    '/tmp': null,
    '/var/log': null,
    '/var/lib': null,
    '/usr/bin': null,
    '/usr/local/bin': null,
    '/opt': null,
    '/mnt': null,
    '/srv': null,
  },
  fedora: {
    '/etc/os-release':
      'NAME="Fedora Linux"\nVERSION="43 (Container Image)"\nID=fedora\nVERSION_ID=43\nPRETTY_NAME="Fedora Linux 43 (Container Image)"\n',
    '/etc/passwd':
      'root:x:0:0:Super User:/root:/bin/bash\nnobody:x:65534:65534:Kernel Overflow User:/:/usr/sbin/nologin\n',
    '/root': null,
    '/home': null,
    '/tmp': null,
    '/var/log': null,
    '/usr/bin': null,
    '/opt': null,
    '/mnt': null,
  },
}
