using System.Security.Cryptography;

namespace Lab.Pods;

/// <summary>Names of objects that are made in number: a stem and five characters by chance, as an API server makes them.</summary>
/// <remarks>Source: kubernetes/kubernetes, staging/src/k8s.io/apiserver/pkg/storage/names/generate.go.</remarks>
public static class GeneratedName
{
    private const int Longest = 63;
    private const int Random = 5;

    // No vowels, so that nobody has to read a word.
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>A name that begins with the stem and a hyphen; a long stem is cut.</summary>
    public static string Of(string stem)
    {
        var first = $"{stem}-";
        return (first.Length > Longest - Random ? first[..(Longest - Random)] : first) + RandomNumberGenerator.GetString(Letters, Random);
    }
}
