using Cli.Commands;
using Lab.Commands;
using Lab.State;
using Xunit;

namespace Tests.Cli.Commands;

public sealed class ReseedCheckTests
{
    private static readonly PodState Primary = Pod("mysql", 0);
    private static readonly PodState Replica = Pod("mysql", 1);

    [Fact]
    public void A_replica_beside_a_ready_server_may_be_seeded_again() => ReseedCheck.Require(Replica with { Ready = false }, [Primary, Replica]);

    [Fact]
    public void The_primary_is_refused() => Refused(
        Primary, [Primary, Replica], 2, "mysql-0 is the primary, which the others have their data from; only a replica is seeded again");

    [Fact]
    public void A_pod_without_a_server_is_refused() => Refused(
        Pod("web", 1) with { Containers = [new ContainerState { Name = "nginx" }] }, [Primary], 2, "web-1 is not a MySQL server; only those are seeded");

    [Fact]
    public void What_may_be_the_only_copy_is_refused()
    {
        const string Sentence = "no other server of mysql is ready, so that mysql-1 may hold the only copy of the data; ./dev status tells why";
        Refused(Replica, [Replica], 1, Sentence);
        Refused(Replica, [Primary with { Ready = false }, Replica], 1, Sentence);
        Refused(Replica, [Primary with { Terminating = true }, Replica], 1, Sentence);
        Refused(Replica, [Primary with { Namespace = "other" }, Replica, Pod("shop", 0)], 1, Sentence);
    }

    private static void Refused(PodState pod, IReadOnlyList<PodState> pods, int exitCode, string sentence)
    {
        var refused = Assert.Throws<CommandException>(() => ReseedCheck.Require(pod, pods));
        Assert.Equal((sentence, exitCode), (refused.Message, refused.ExitCode));
    }

    private static PodState Pod(string set, int ordinal) => new()
    {
        Namespace = "default",
        Name = $"{set}-{ordinal}",
        Set = set,
        Ordinal = ordinal,
        Phase = "Running",
        Ready = true,
        Containers = [new ContainerState { Name = "init-mysql", Init = true }, new ContainerState { Name = "mysql" }],
    };
}
