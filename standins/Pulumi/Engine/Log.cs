namespace Pulumi;

/// <summary>Messages of the program. Under mocks errors fail the deployment; the rest goes nowhere.</summary>
public static class Log
{
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        RequireDeployment();

    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        RequireDeployment();

    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        RequireDeployment();

    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Running.Runner.Report(message);

    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Error(exception.ToString(), resource, streamId, ephemeral);

    private static void RequireDeployment() => _ = Deployment.Running;
}
