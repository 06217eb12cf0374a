# Functions that hold instructions of AVX, outside of those that are only called where the processor has them: our kernels, and
# BoringSSL's, some of whose functions (of AES-GCM) have names of their own.
/^[0-9a-f]+ <.*>:$/ { name = $2; isKnown = name ~ /KernelsV[34]|CCryptoBoringSSL|<(GFMUL|_aesni_ctr32_(6x|ghash_6x))>/ }
!isKnown && /\tv[a-z0-9]+ +.*%[xyz]mm/ { count[name]++ }
END { for (name in count) print count[name], name }
