using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using Lab.Commands;
using YamlDotNet.Core;

namespace Cli.Clusters;

/// <summary>A real cluster, by a context of a kubeconfig. What it is asked, it answers within a limit, or the one who asked gets a sentence.</summary>
internal sealed class ClusterConnection : IDisposable
{
    /// <summary>How long a cluster has for an answer, unless said otherwise.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    private readonly TimeSpan limit;

    private ClusterConnection(KubernetesClientConfiguration configuration, string context, TimeSpan limit)
    {
        (Context, Server, this.limit) = (context, configuration.Host, limit);
        Client = new Kubernetes(configuration);
    }

    /// <summary>The context's name.</summary>
    public string Context { get; }

    /// <summary>The API server's address.</summary>
    public string Server { get; }

    /// <summary>The client.</summary>
    public IKubernetes Client { get; }

    /// <summary>Reads the kubeconfig; nothing is asked yet.</summary>
    /// <param name="kubeconfig">The file, or several as in the variable KUBECONFIG; the one in the home folder where it is left out.</param>
    /// <param name="context">The context, of which cluster and user are in the same file; nothing for the first file's current one.</param>
    /// <param name="limit">How long the cluster has for an answer; <see cref="Usual"/> where it is left out.</param>
    /// <exception cref="CommandException">There is no such file or context, or it cannot be used.</exception>
    public static ClusterConnection Open(string? kubeconfig, string? context, TimeSpan? limit = null)
    {
        var files = Files(kubeconfig);
        var named = string.Join(", ", files.Select(file => file.FullName));
        try
        {
            var configs = files.Select(file => KubernetesClientConfiguration.LoadKubeConfig(file.FullName)).ToList();
            var chosen = Chosen(configs, context, named);
            // A program that fetches a token may hang, too.
            KubernetesClientConfiguration.ExecTimeout = limit ?? Usual;
            return new ClusterConnection(KubernetesClientConfiguration.BuildConfigFromConfigObject(configs.First(config => Contexts(config).Contains(chosen)), chosen), chosen, limit ?? Usual);
        }
        catch (Exception wrong) when (wrong is KubeConfigException or YamlException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandException($"{named} cannot be used: {OneLine(wrong.Message)}");
        }
    }

    /// <summary>Asks the cluster.</summary>
    /// <exception cref="CommandException">It does not answer in time, cannot be reached, or refuses.</exception>
    public async Task<T> AskAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> question, CancellationToken cancel = default)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        try
        {
            // Not all that a connection does minds a token.
            return await question(Client, time.Token).WaitAsync(limit, cancel);
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException && !cancel.IsCancellationRequested)
        {
            throw Failure($"does not answer within {limit.TotalSeconds:0.#} s");
        }
        catch (Exception away) when (away is HttpRequestException or IOException)
        {
            throw Failure($"cannot be reached: {OneLine((away.InnerException ?? away).Message)}");
        }
        catch (HttpOperationException refused)
        {
            throw Failure($"refuses: {Reason(refused)}");
        }
    }

    /// <summary>Asks the cluster for what may not be there.</summary>
    /// <returns>What there is; nothing where there is no such thing.</returns>
    /// <exception cref="CommandException">It does not answer in time, cannot be reached, or refuses.</exception>
    public Task<T?> FindAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> question, CancellationToken cancel = default)
        where T : class => AskAsync(
            async (client, token) =>
            {
                try
                {
                    return await question(client, token);
                }
                catch (HttpOperationException none) when (none.Response.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancel);

    /// <summary>What a server said when it refused, in its own words.</summary>
    public static string Reason(HttpOperationException refused)
    {
        try
        {
            return KubernetesJson.Deserialize<k8s.Models.V1Status>(refused.Response.Content ?? string.Empty)?.Message is { Length: > 0 } message ? OneLine(message) : refused.Message;
        }
        catch (JsonException)
        {
            return refused.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    private static FileInfo[] Files(string? kubeconfig)
    {
        var paths = (kubeconfig ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (paths.Length == 0)
        {
            paths = [KubernetesClientConfiguration.KubeConfigDefaultLocation];
        }

        // As kubectl: of several, those that are not there count for nothing.
        var files = paths.Where(File.Exists).Select(path => new FileInfo(path)).ToArray();
        return files.Length > 0 ? files : throw new CommandException($"there is no kubeconfig {string.Join(", ", paths)}; --kubeconfig or KUBECONFIG names one");
    }

    private static IEnumerable<string> Contexts(K8SConfiguration config) => (config.Contexts ?? []).Select(one => one.Name);

    private static string Chosen(IReadOnlyList<K8SConfiguration> configs, string? context, string files)
    {
        var contexts = configs.SelectMany(Contexts).Distinct().Order(StringComparer.Ordinal).ToList();
        var there = contexts.Count == 0 ? "it has none" : $"there are: {string.Join(", ", contexts)}";
        var chosen = context ?? configs.Select(config => config.CurrentContext).FirstOrDefault(current => !string.IsNullOrEmpty(current));
        return string.IsNullOrEmpty(chosen) ? throw new CommandException($"{files} names no current context, and --context chooses one; {there}")
            : contexts.Contains(chosen) ? chosen
            : throw new CommandException($"there is no context \"{chosen}\" in {files}; {there}");
    }

    /// <summary>A message in one line: what others print may have several, or end with one.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private CommandException Failure(string what) => new($"the cluster of context {Context} ({Server}) {what}", CommandException.Failed);
}
