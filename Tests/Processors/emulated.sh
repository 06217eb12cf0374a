#!/usr/bin/env bash
# See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
model=${1:-sapphire_rapids}
# What Linux does not get past in Bochs 3.0. AMX is left out, because Linux takes it only with XFD, which Bochs lacks.
if [ "$model" = sapphire_rapids ]; then
  : "${FEATURES:=exclude_features=\"amx_bf16 amx_int8 amx cet uintr la57\"}"
fi
bin=${BIN:-.build/release}
: "${KERNEL:?names a Linux kernel for x86-64, such as /boot/vmlinuz-…-cloud-amd64}"
tests=$bin/introspective-couplingPackageTests.xctest
[ -e "$tests" ] || { echo "no $tests: swift build -c release --build-tests"; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
disc=$scratch/disc
mkdir -p "$root"/{bin,dev,proc,sys,tmp} "$disc"

# The programs with what they load, and the fixtures where the tests look for them.
programs=("$bin/cf-label" "$bin/xp-train" "$tests" "$(command -v jq)" "$(command -v zstd)")
for program in "${programs[@]}"; do strip -o "$root/bin/$(basename "$program")" "$program"; done
ldd "${programs[@]}" | grep -o '/[^ :]*\.so[^ :]*' | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  strip --strip-unneeded -o "$root$library" "$(readlink -f "$library")"
done
mv "$root/bin/$(basename "$tests")" "$root/bin/unit-tests"
cp --parents -r "$PWD/Tests/Fixtures" "$root"
busybox=$(command -v busybox)
cp "$busybox" "$root/bin/busybox"
for applet in $("$busybox" --list); do [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"; done
{
  echo '#!/bin/sh'
  echo "export FIXTURES=$PWD/Tests/Fixtures LD_LIBRARY_PATH=$(dirname "$(ldd "$tests" | grep -o '/.*libswiftCore.so')")"
  cat Tests/Processors/guest.sh
} >"$root/init"
chmod +x "$root/init"

# A disc that boots it.
(cd "$root" && find . | cpio -o -H newc --quiet | zstd -q -9 -o "$disc/initrd")
cp "$KERNEL" "$disc/kernel"
cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 "$disc"
# The settings with which Linux boots there; those of its clocks and interrupts matter.
cat >"$disc/isolinux.cfg" <<END
default guest
label guest
kernel kernel
append initrd=initrd console=ttyS0 quiet panic=-1 mitigations=off lsm= nokaslr hpet=disable nolapic noapic lpj=400000
END
xorriso -as mkisofs -quiet -o "$scratch/disc.iso" -b isolinux.bin -c boot.cat -no-emul-boot -boot-load-size 4 \
  -boot-info-table "$disc" 2>/dev/null

cat >"$scratch/bochsrc" <<END
config_interface: textconfig
display_library: rfb, options="timeout=0"
cpu: model=$model, count=1, ips=100000000${FEATURES:+, $FEATURES}
memory: guest=2048, host=2048
romimage: file=\$BXSHARE/BIOS-bochs-latest
vgaromimage: file=\$BXSHARE/VGABIOS-lgpl-latest
ata0-master: type=cdrom, path=$scratch/disc.iso, status=inserted
boot: cdrom
log: $scratch/log
panic: action=fatal
com1: enabled=1, mode=file, dev=$scratch/serial
clock: sync=none
END
BXSHARE=${BXSHARE:-/usr/share/bochs} "${BOCHS:-bochs}" -q -f "$scratch/bochsrc" >"$scratch/output" 2>&1 &
emulator=$!
trap 'kill $emulator 2>/dev/null || true; rm -rf "$scratch"' EXIT
touch "$scratch/serial"
while kill -0 $emulator 2>/dev/null && ! grep -q -e '^end' -e 'Kernel panic' "$scratch/serial"; do sleep 1; done
tr -d '\r' <"$scratch/serial"
grep -q '^all bounds hold' "$scratch/serial" || { tail -n 5 "$scratch/log" "$scratch/output"; exit 1; }
