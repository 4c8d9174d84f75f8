# b2 with its emulator, for linux/amd64. docs/emulator.md tells how it is run.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/B2Sdk.Cli -r linux-x64 -o /publish \
    && rm -f /publish/*.dbg /publish/*.pdb /publish/*.xml \
    && mkdir /data

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
COPY --from=build /publish /opt/b2
# A new volume takes its owner from here, so that the user below may write to it.
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
VOLUME /data
EXPOSE 8182
# Whether it is healthy, everybody may ask: no token is needed, whichever it has.
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s CMD ["/opt/b2/b2", "emulator", "health"]
ENTRYPOINT ["/opt/b2/b2", "emulator", "--host", "0.0.0.0", "--data", "/data"]
