# Runs a program in a container that runs: what it is, words name=value from ContainerIdentity.cs, then -- and the program with its arguments. The program
# gets this process's environment. Only what perl-base has, and no module that would have to be read each time.
use strict;

# Numbers of system calls, by machine.
my %numbers = (
    X64   => { setns => 308, prctl => 157, capset => 126, setgroups => 116, setresuid => 117, setresgid => 119, setsid => 112 },
    Arm64 => { setns => 268, prctl => 167, capset => 91, setgroups => 159, setresuid => 147, setresgid => 149, setsid => 157 },
);

my %is;
while (defined(my $word = shift @ARGV)) {
    last if $word eq '--';
    my ($name, $value) = split /=/, $word, 2;
    $is{$name} = $value;
}

sub fail {
    print STDERR "$_[0]\n";
    exit 255;
}

sub kernel {
    my ($name, @arguments) = @_;
    return syscall($numbers{$is{machine}}{$name}, @arguments);
}

sub must {
    kernel(@_) >= 0 or fail("$_[0]: $!");
}

# Another process may have the number by now.
sub is_the_same {
    open(my $stat, '<', "/proc/$is{pid}/stat") or return 0;
    my $line = <$stat>;
    return (split ' ', substr($line, rindex($line, ')') + 2))[19] == $is{started};
}

open(my $pids, '>', $is{pidfile}) or fail("$is{pidfile}: $!");
my @spaces = map { open(my $space, '<', "/proc/$is{pid}/ns/$_") or fail('the container has ended'); $space } qw(ipc uts net pid mnt);
is_the_same() or fail('the container has ended');
# A machine may lack some of the controllers.
my @cgroups = grep { $_ } map { my $processes; open($processes, '>', "$_/cgroup.procs") && $processes } split /,/, $is{cgroups};
must('setns', fileno($_), 0) for @spaces;

my $child = fork() // fail("fork: $!");
if ($child) {
    syswrite($pids, $child);
    close($pids);
    waitpid($child, 0);
    exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
}

must('setsid');
# 0 is the process that writes it.
syswrite($_, '0') for @cgroups;
chdir($is{directory}) or fail("$is{directory}: $!");
umask($is{umask});
for my $capability (0 .. 63) {
    # PR_CAPBSET_DROP; the kernel knows fewer.
    kernel('prctl', 24, $capability, 0, 0, 0) unless hex(substr($is{bounding}, 15 - int($capability / 4), 1)) >> ($capability % 4) & 1;
}
my @groups = split /,/, $is{groups};
must('setgroups', scalar(@groups), pack('I*', @groups));
# As numbers: of a text the kernel would get the address.
must('setresgid', ($is{group} + 0) x 3);
# PR_SET_KEEPCAPS: what rights the container has comes next, whoever it runs as.
must('prctl', 8, 1, 0, 0, 0);
must('setresuid', ($is{user} + 0) x 3);
my ($effective, $permitted) = map { [reverse map { hex } unpack('(A8)2', $_)] } @is{qw(effective permitted)};
# _LINUX_CAPABILITY_VERSION_3
must('capset', pack('Ii', 0x20080522, 0), pack('I6', map { $effective->[$_], $permitted->[$_], 0 } 0, 1));
# PR_SET_NO_NEW_PRIVS
must('prctl', 38, 1, 0, 0, 0) if $is{unprivileged};
exec { $ARGV[0] } @ARGV;
print STDERR "$ARGV[0]: $!\n";
exit 127;
