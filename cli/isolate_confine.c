/*
 * isolate_confine.c - calls of the system that reading a log has no need of.
 *
 * Limits end a reader that a damaged page has led astray; this is for a log that
 * someone made so that it leads the reader where he wants.  A filter refuses what
 * would let that out of the process.  It names what is refused, not what is allowed:
 * another C library, or a sanitizer, needs other calls for the same work.
 */
#include "isolate_private.h"

#include <errno.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define OURS AUDIT_ARCH_X86_64
#else
#define OURS AUDIT_ARCH_AARCH64
#endif

enum {
	FIRST_X32 = 0x40000000, /* a second set of numbers, on x86-64 alone */
	REFUSED_MAX = 96
};

/* Other programs, other processes, the network, and the kernel's large interfaces. */
static const uint32_t never[] = {
	SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv,
	SYS_process_vm_writev, SYS_kill, SYS_tkill, SYS_pidfd_open,
	SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept,
	SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
	SYS_io_uring_setup, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
	SYS_keyctl, SYS_add_key, SYS_request_key, SYS_unshare, SYS_setns,
	SYS_mount, SYS_umount2, SYS_chroot, SYS_pivot_root, SYS_open_by_handle_at,
	SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_symlinkat, SYS_mkdirat,
	SYS_mknodat, SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat,
	SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_truncate,
#ifdef SYS_renameat
	SYS_renameat,
#endif
#ifdef __x86_64__
	SYS_fork, SYS_vfork, SYS_unlink, SYS_rename, SYS_link, SYS_symlink,
	SYS_mkdir, SYS_rmdir, SYS_mknod, SYS_chmod, SYS_chown, SYS_lchown,
#endif
};

/* Once the log is open: no other file, and nothing into one. */
static const uint32_t not_while_reading[] = {
	SYS_openat, SYS_ftruncate, SYS_fallocate, SYS_pwrite64, SYS_pwritev,
	SYS_clone,
#ifdef SYS_clone3
	SYS_clone3,
#endif
#ifdef SYS_openat2
	SYS_openat2,
#endif
#ifdef __x86_64__
	SYS_open, SYS_creat,
#endif
};

static struct sock_filter load(size_t offset)
{
	return (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
					    (uint32_t)offset);
}

static struct sock_filter answer(uint32_t what)
{
	return (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what);
}

/* Skip so many instructions where the number is not n. */
static struct sock_filter unless_equal(uint32_t n, uint8_t skip)
{
	return (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, n, 0, skip);
}

/* What calls by another convention is refused whole: the numbers differ. */
static bool refuse(const uint32_t *calls, size_t count)
{
	struct sock_filter code[2 * REFUSED_MAX + 8];
	struct sock_fprog filter = { .filter = code };
	size_t n = 0;

	if (count > REFUSED_MAX)
		return false;
	code[n++] = load(offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS,
						 1, 0);
	code[n++] = answer(SECCOMP_RET_ERRNO | EPERM);
	code[n++] = load(offsetof(struct seccomp_data, nr));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K,
						 FIRST_X32, 0, 1);
	code[n++] = answer(SECCOMP_RET_ERRNO | EPERM);
	for (size_t i = 0; i < count; i++) {
		code[n++] = unless_equal(calls[i], 1);
		code[n++] = answer(SECCOMP_RET_ERRNO | EPERM);
	}
	code[n++] = answer(SECCOMP_RET_ALLOW);
	filter.len = (unsigned short)n;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool isolate_confine(enum confine_stage stage)
{
	if (stage == CONFINE_OPENING)
		return refuse(never, sizeof(never) / sizeof(never[0]));
	return refuse(not_while_reading,
		      sizeof(not_while_reading) / sizeof(not_while_reading[0]));
}

#else

bool isolate_confine(enum confine_stage stage)
{
	(void)stage;
	errno = ENOSYS;
	return false;
}

#endif
